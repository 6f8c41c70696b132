import { useNavigate } from 'react-router';
import { rosterRoutes } from '../../../../../libs/domain/api/roster.ts';
import { useAct } from '../../shared/api/hooks.ts';

/** Uploads a workbook for a dry run and opens its page. */
export function useCheck() {
  const navigate = useNavigate();
  const check = useAct(rosterRoutes.checkRoster, async ({ id }, client) => {
    await client.invalidateQueries({ queryKey: [rosterRoutes.rosterImports.id] });
    void navigate(`/import/${id}`);
  });
  return { check, send: (file: File | undefined) => file && check.mutate({ file, fields: {} }), name: check.variables?.file.name ?? '' };
}
