/** Names of invented people. The same seed gives the same names; no list of real people stands behind them. */

const SURNAMES = '杨田龙吴张冉罗安任陈黄刘李王代覃滕石麻姚侯邓孙朱周谭向梁潘游'.split('');
const FIRST = '明文建晓永志国秀玉春德世正光小海学红丽天兴家胜云贵'.split('');
const SECOND = '华军平芳梅英强勇辉艳霞林松波涛燕琴静超斌娟敏洁飞鹏琳'.split('');

/** A small seeded generator (mulberry32), enough to draw names with. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Draws names without end; a third have two characters. */
export function nameDrawer(seed: number): () => string {
  const draw = seeded(seed);
  const of = (list: readonly string[]) => list[draw(list.length)]!;
  return () => `${of(SURNAMES)}${draw(3) === 0 ? '' : of(FIRST)}${of(SECOND)}`;
}
