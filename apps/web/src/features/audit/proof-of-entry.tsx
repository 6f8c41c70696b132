import { useQuery } from '@tanstack/react-query';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Facts } from '../../shared/ui/small.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import css from './audit.module.css';
import type { LedgerLine } from './audit-page.tsx';
import { browserDigest, recompute } from './recompute.ts';

const words = text.audit;

/** The text that was hashed, its fingerprints and its way to the sealed root, done again by this browser. */
export function ProofOfEntry({ entry }: { entry: LedgerLine }) {
  const proof = useRoute(routes.ledgerProof, { params: { id: entry.id } });
  return (
    <div>
      <h3>{words.proof}</h3>
      {proof.isPending ? (
        <Waiting rows={3} />
      ) : proof.data ? (
        <Shown proof={proof.data} />
      ) : (
        <Failed error={proof.error} retry={() => void proof.refetch()} />
      )}
    </div>
  );
}

function Shown({ proof }: { proof: Reply<typeof routes.ledgerProof> }) {
  const own = useQuery({
    queryKey: ['recomputed', proof.entry.hash, proof.seal?.no ?? null],
    queryFn: () => (browserDigest ? recompute(proof, browserDigest) : null),
  }).data;
  const { proofFacts } = words;
  const { entry, seal, position } = proof;
  const items = [
    { label: proofFacts.prev, value: <Hash value={entry.prevHash} /> },
    {
      label: proofFacts.own,
      value: (
        <>
          <Hash value={entry.hash} />{' '}
          {own && <StatusTag kind={own.hash ? 'done' : 'rejected'}>{own.hash ? words.recomputed : words.recomputedWrong}</StatusTag>}
        </>
      ),
    },
    {
      label: proofFacts.seal,
      value:
        seal && position !== null ? (
          <>
            {words.sealed(seal.no, position + 1, seal.count)}{' '}
            {own?.root !== null && own !== null && own !== undefined && (
              <StatusTag kind={own.root ? 'done' : 'rejected'}>{own.root ? words.contained : words.notContained}</StatusTag>
            )}
          </>
        ) : (
          words.notSealed
        ),
    },
    ...(seal ? [{ label: proofFacts.signature, value: <Hash value={seal.signature} /> }] : []),
  ];
  return (
    <>
      <Facts items={items} />
      <details>
        <summary>{proofFacts.body}</summary>
        <pre className={css.body} tabIndex={0} aria-label={proofFacts.body}>
          {entry.body}
        </pre>
      </details>
    </>
  );
}

const SHOWN = 16;
const Hash = ({ value }: { value: string }) => (
  <span className={css.hash} title={value}>
    {(value.slice(0, SHOWN).match(/.{1,4}/g) ?? []).join(' ')} …
  </span>
);
