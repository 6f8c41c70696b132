/** What the check of an objection comes to: who objects is known, or what is said can be checked without it, or neither. */
export type Identity = 'verified' | 'clues' | 'neither';

/** Why an objection's check does not hold together; null when it does. Without a name only clues that can be checked count (不具名的须有可以核实的线索). */
export function checkAcceptance(
  {
    result,
    identity,
    handlerId,
    reason,
  }: { result: string; identity: Identity; handlerId?: string | undefined; reason?: string | undefined },
  { named, barred }: { named: boolean; barred: readonly string[] },
): string | null {
  if (identity === 'verified' && !named) return '不具名的异议没有可核实的身份，请按线索是否可以核实填写';
  if (result === 'accepted') {
    if (identity === 'neither') return '身份没有核实、又没有可以核实的线索，不能受理';
    if (!handlerId) return '受理的异议请指定承办人';
    return barred.includes(handlerId) ? '这名承办人应当回避（参加过原件的办理，或与被反映人有关系），请另选' : null;
  }
  if (identity !== 'neither') return '身份已核实或线索可以核实的异议应当受理';
  return reason ? null : '不予受理的请写明理由';
}

/** Whether a reply is owed: whoever gave their name gets one, also when the objection was not dealt with. */
export const repliesTo = (named: boolean): boolean => named;

/** A reply is given after the conclusion's day began and not after the day on which it is recorded. */
export function checkReply({ repliedOn }: { repliedOn: string }, on: string, concludedOn: string | undefined): string | null {
  if (repliedOn > on) return '答复日期不能晚于今天';
  return concludedOn && repliedOn < concludedOn ? `答复日期不能早于作出结论之日（${concludedOn}）` : null;
}
