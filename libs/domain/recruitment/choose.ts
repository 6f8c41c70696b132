/** 选岗: whoever was hired for a post with several communities chooses one of them, the higher rank first. */
export interface Slot {
  unitCode: string;
  number: number;
}
export interface Chosen {
  id: string;
  /** Null: refused to choose, which is taken as waiving (视为放弃). */
  unitCode: string | null;
}

/** What is still to be had in each community, in the order of the post table; communities that are full stand at 0. */
export function slotsLeft(slots: readonly Slot[], chosen: readonly Chosen[]): Slot[] {
  return slots.map(({ unitCode, number }) => ({
    unitCode,
    number: number - chosen.filter((choice) => choice.unitCode === unitCode).length,
  }));
}

export type ChoiceFault = 'notYours' | 'chosenBefore' | 'notYourTurn' | 'full' | 'elsewhere';
export const choiceFaults: Record<ChoiceFault, string> = {
  notYours: '不在本岗位的选岗名单中',
  chosenBefore: '已经选过岗位',
  notYourTurn: '排名在前的人员还没有选岗，请按排名顺序选岗',
  full: '该社区的名额已选满',
  elsewhere: '该社区不在本岗位的选岗范围内',
};

/** Whose turn it is: the first by rank who has not chosen; null when all have. */
export function whoseTurn(order: readonly string[], chosen: readonly Chosen[]): string | null {
  return order.find((id) => !chosen.some((choice) => choice.id === id)) ?? null;
}

/** Why somebody may not choose this community now; null where they may. Waiving needs no turn. */
export function choiceFault(
  order: readonly string[],
  slots: readonly Slot[],
  chosen: readonly Chosen[],
  { id, unitCode }: Chosen,
): ChoiceFault | null {
  if (!order.includes(id)) return 'notYours';
  if (chosen.some((choice) => choice.id === id)) return 'chosenBefore';
  if (unitCode === null) return null;
  if (whoseTurn(order, chosen) !== id) return 'notYourTurn';
  const slot = slotsLeft(slots, chosen).find((left) => left.unitCode === unitCode);
  if (!slot) return 'elsewhere';
  return slot.number > 0 ? null : 'full';
}

/** Choices made at once from what each wishes, in order: the first wish that is still to be had; who wishes nothing that is left waives. */
export function chooseByWish(
  order: readonly string[],
  slots: readonly Slot[],
  wishes: Readonly<Record<string, readonly string[]>>,
): Chosen[] {
  return order.reduce<Chosen[]>((chosen, id) => {
    const left = slotsLeft(slots, chosen).filter(({ number }) => number > 0);
    const unitCode = wishes[id]?.find((wish) => left.some((slot) => slot.unitCode === wish)) ?? null;
    return [...chosen, { id, unitCode }];
  }, []);
}
