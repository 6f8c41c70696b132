import { routes } from '../../../../../libs/domain/api/routes.ts';
import { LOOK_AGAIN_MS, useList, useRoute } from '../../shared/api/hooks.ts';
import { holds, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { SubstituteForm } from './substitute-form.tsx';
import css from './substitutes.module.css';
import { SubstitutionTable } from './substitution-table.tsx';

const words = text.substitutes;

/** 代理: one's own substitutes and those whom one stands in for; for the system administrator those of their unit. */
export default function SubstitutesPage() {
  const administrator = holds(useMe(), 'SYSTEM_ADMIN');
  return <div className={css.page}>{administrator ? <OfUnits /> : <Own />}</div>;
}

function Own() {
  const own = useRoute(routes.substitutions, {}, { every: LOOK_AGAIN_MS });
  const { given = [], taken = [] } = own.data ?? {};
  return (
    <>
      <SubstituteForm />
      <Card title={words.given} note={words.givenNote} flush>
        <ListState query={own} empty={given.length === 0} emptyText={words.givenEmpty} rows={2}>
          <SubstitutionTable label={words.given} lines={given} show={['substitute']} />
        </ListState>
      </Card>
      <Card title={words.taken} note={words.takenNote} flush>
        <ListState query={own} empty={taken.length === 0} emptyText={words.takenEmpty} rows={2}>
          <SubstitutionTable label={words.taken} lines={taken} show={['principal']} />
        </ListState>
      </Card>
    </>
  );
}

function OfUnits() {
  const list = useList(routes.unitSubstitutions, { query: { limit: 50 } }, { every: LOOK_AGAIN_MS });
  return (
    <>
      <SubstituteForm administrator />
      <Card title={words.ofUnits} flush>
        <ListState query={list} empty={list.items.length === 0} emptyText={words.ofUnitsEmpty}>
          <SubstitutionTable label={words.ofUnits} lines={list.items} show={['principal', 'substitute']} />
          <MoreRow list={list} count={list.items.length} />
        </ListState>
      </Card>
    </>
  );
}
