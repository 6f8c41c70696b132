import { useNavigate } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';

/** Uploads a workbook for a dry run and opens its page. */
export function useCheck() {
  const navigate = useNavigate();
  const check = useAct(routes.checkRoster, async ({ id }, client) => {
    await client.invalidateQueries({ queryKey: [routes.rosterImports.id] });
    void navigate(`/import/${id}`);
  });
  return { check, send: (file: File | undefined) => file && check.mutate({ file, fields: {} }), name: check.variables?.file.name ?? '' };
}
