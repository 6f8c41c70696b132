import { useParams, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import css from './import.module.css';
import { ImportSteps, type Step } from './import-steps.tsx';
import { Mapping } from './mapping.tsx';
import { Outcome } from './outcome.tsx';
import { DryRun } from './dry-run.tsx';
import { Upload } from './upload.tsx';

export type Batch = Reply<typeof routes.rosterImport>;

/** 导入: upload, match the columns, look at the dry run, confirm. Nothing is written before the last step. */
export default function ImportPage() {
  const { batchId } = useParams();
  return batchId ? <OneImport key={batchId} batchId={batchId} /> : <Upload />;
}

function OneImport({ batchId }: { batchId: string }) {
  const [search, setSearch] = useSearchParams();
  const batch = useRoute(routes.rosterImport, { params: { id: batchId } });
  if (batch.isPending) return <Waiting rows={12} />;
  if (!batch.data) return <Failed error={batch.error} retry={() => void batch.refetch()} />;
  const { status } = batch.data;
  const step: Step =
    status === 'mapping' || (status === 'checked' && search.get('step') === 'mapping')
      ? 'mapping'
      : status === 'checked'
        ? 'result'
        : 'confirm';
  return (
    <div className={css.page}>
      <ImportSteps step={step} batch={batch.data} />
      {step === 'mapping' && <Mapping batch={batch.data} onDone={() => setSearch({}, { replace: true })} />}
      {step === 'result' && <DryRun batch={batch.data} onMapping={() => setSearch({ step: 'mapping' })} />}
      {step === 'confirm' && <Outcome batch={batch.data} />}
    </div>
  );
}
