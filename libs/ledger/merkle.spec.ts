import fc from 'fast-check';
import { sha256 } from './entry.ts';
import { merklePath, merkleRoot, rootFromPath } from './merkle.ts';

const leafOf = (data: string) => sha256(Buffer.from([0]), Buffer.from(data, 'hex'));

// The inputs and roots that Certificate Transparency's own implementations are tested with.
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(leafOf);

test.each([
  [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
])("the root over the first %i leaves is RFC 6962's", (count, root) => {
  expect(merkleRoot(leaves.slice(0, count)).toString('hex')).toBe(root);
});

const trees = fc.integer({ min: 1, max: 200 }).chain((count) => fc.tuple(fc.constant(count), fc.integer({ min: 0, max: count - 1 })));
const numbered = (count: number) => Array.from({ length: count }, (_, i) => sha256(`leaf ${i}`));

test('the path of any leaf leads to the root', () => {
  fc.assert(
    fc.property(trees, ([count, position]) => {
      const tree = numbered(count);
      expect(rootFromPath(tree[position]!, position, count, merklePath(tree, position))).toEqual(merkleRoot(tree));
    }),
  );
});

test('another leaf, another position or a shortened path does not', () => {
  fc.assert(
    fc.property(trees, fc.nat(), ([count, position], other) => {
      const tree = numbered(count);
      const [path, root] = [merklePath(tree, position), merkleRoot(tree)];
      expect(rootFromPath(sha256('another'), position, count, path)).not.toEqual(root);
      if (other % count !== position) expect(rootFromPath(tree[position]!, other % count, count, path)).not.toEqual(root);
      if (path.length > 0) expect(rootFromPath(tree[position]!, position, count, path.slice(1))).not.toEqual(root);
    }),
  );
});
