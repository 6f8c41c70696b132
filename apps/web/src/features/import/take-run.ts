import type { QueryClient } from '@tanstack/react-query';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { keyOf } from '../../shared/api/hooks.ts';
import type { Batch } from './import-page.tsx';

/** A new dry run of the same workbook: the page shows it at once, its lists are asked for again. */
export async function takeRun(client: QueryClient, batch: Batch): Promise<void> {
  client.setQueryData(keyOf(routes.rosterImport, { params: { id: batch.id } }), batch);
  const lists = [routes.rosterFaults, routes.rosterRows, routes.rosterCorrections, routes.rosterExcerpt];
  await Promise.all(lists.map(({ id }) => client.invalidateQueries({ queryKey: [id] })));
}
