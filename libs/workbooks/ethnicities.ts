import type { Vocabulary } from '../domain/person-words.ts';

const NAMES =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺';

/** The 56 ethnic groups (GB/T 3304), and the groups not yet identified, of whom Guizhou has many. */
export const ethnicityWords: Vocabulary = {
  version: '2026-01',
  terms: {
    ...Object.fromEntries(NAMES.split(' ').map((name) => [`${name}族`, [name]])),
    穿青人: ['穿青', '穿青族'],
    革家人: ['亻革家人', '僅家人', '革家', '革家族'],
    未识别民族: ['未识别', '其他', '其他民族'],
  },
};
