import type { FaultWords } from './fault-words.ts';

const words = <const C extends string>(table: Record<C, FaultWords>) => table;
const ids = '身份证号错误、重复';
const dates = '日期不对、漏填';
const units = '单位认不出、不符';
const terms = '用词不在对照表';
const names = '姓名、公式';
const known = '与系统已有记录不符';
const contact = '联系方式';
const error = (group: FaultWords['group'], problem: FaultWords['problem'], fix: FaultWords['fix']): FaultWords => ({
  severity: 'error',
  group,
  problem,
  fix,
});
const check = (
  group: FaultWords['group'],
  problem: FaultWords['problem'],
  fix: FaultWords['fix'] = () => '核对无误可保留',
): FaultWords => ({
  severity: 'check',
  group,
  problem,
  fix,
});
const term = (what: string) =>
  error(
    terms,
    () => `${what}不在对照表里`,
    (p) => `改为 ${p.terms}`,
  );

/** Every fault of a roster's row by its code: the problem, and how to mend it. */
export const rosterFaults = words({
  'missing-name': error(
    names,
    () => '姓名没有填',
    () => '补上姓名',
  ),
  'missing-id': error(
    ids,
    () => '身份证号没有填',
    () => '补上 18 位身份证号',
  ),
  'missing-community': error(
    units,
    () => '社区没有填',
    () => '补上所在社区的全称',
  ),
  'missing-post': error(
    terms,
    () => '职务没有填',
    () => '补上现任职务',
  ),
  'missing-joined': error(
    dates,
    () => '必填',
    () => '补上年月，附证明',
  ),
  'formula-injection': error(
    names,
    () => '以公式符号开头，导出后会被当作公式执行',
    () => '删去公式，直接填写内容',
  ),
  'formula-no-result': error(
    names,
    () => '公式没有算出结果',
    () => '在 Excel 中打开并保存一次，或改填算好的内容',
  ),
  'cell-error': error(
    names,
    (p) => `单元格是错误值 ${p.value}`,
    () => '改正公式，或直接填写内容',
  ),
  'name-unreadable': error(
    names,
    () => '姓名中有数字、符号或无法识别的字',
    () => '只填姓名本身；生僻字请用国标字',
  ),

  'id-as-number': error(
    ids,
    () => '身份证号存成了数字，后几位已经丢失',
    () => '先把单元格设为文本，再重新填写 18 位号码',
  ),
  'id-length': error(
    ids,
    (p) => `身份证号应为 18 位，这里是 ${p.length} 位`,
    () => '对照身份证补全',
  ),
  'id-characters': error(
    ids,
    () => '身份证号中有数字和末位 X 以外的字符',
    () => '对照身份证改正',
  ),
  'id-birth-date': error(
    ids,
    (p) => `身份证号中的出生日期不存在（${p.digits}）`,
    () => '对照身份证改正',
  ),
  'id-checksum': error(
    ids,
    () => '身份证号校验码不对，有数字填错',
    () => '对照身份证逐位核对',
  ),
  'id-birth-mismatch': error(
    ids,
    (p) => `与身份证号中的出生日期 ${p.bornOn} 不一致`,
    () => '对照身份证，改正出生年月或身份证号',
  ),
  'id-gender-mismatch': error(
    ids,
    (p) => `与身份证号表明的性别“${p.sex}”不一致`,
    () => '对照身份证，改正性别或身份证号',
  ),
  'duplicate-id': error(
    ids,
    (p) => `与第 ${p.row} 行（${p.name}）的身份证号相同`,
    () => '同一人删去其中一行；不是同一人则改正号码',
  ),
  'possible-duplicate': check(
    ids,
    (p) => `与第 ${p.row} 行姓名、出生日期相同而身份证号不同`,
    () => '确认是两个人，可保留',
  ),

  'unknown-county': error(
    units,
    (p) => `没有“${p.name}”这个区县`,
    () => '改为区划名称，如 碧江区',
  ),
  'unknown-street': error(
    units,
    (p) => `${p.within}没有“${p.name}”`,
    () => '改为区划中的街道（乡镇）名称',
  ),
  'street-not-in-county': error(
    units,
    (p) => `不属于${p.within}，属于${p.places}`,
    () => '改街道（乡镇）或改区县',
  ),
  'unknown-community': error(
    units,
    (p) => `${p.within}没有名为“${p.name}”的社区`,
    (p) => (p.suggestion ? `改为 ${p.suggestion}？` : '改为区划中的社区名称'),
  ),
  'community-not-in-street': error(
    units,
    (p) => `属${p.places}，不属${p.within}`,
    () => '改社区或改街道（乡镇）',
  ),
  'ambiguous-unit': error(
    units,
    (p) => `有不止一个“${p.name}”：${p.places}`,
    () => '写明所在街道（乡镇）',
  ),
  'not-in-your-units': error(
    units,
    (p) => `属于${p.unit}，不在您的管理范围`,
    () => '删去这一行，由其所在区县导入',
  ),

  'unknown-sex': error(
    terms,
    () => '性别认不出',
    () => '改为 男 或 女',
  ),
  'unknown-ethnicity': error(
    terms,
    () => '民族认不出',
    () => '改为规范名称，如 土家族',
  ),
  'unknown-political-status': term('政治面貌'),
  'unknown-education': term('学历'),
  'unknown-certificate': term('职业资格'),
  'unknown-post': error(
    terms,
    (p) => (p.partTime ? '不是专职人员，不列入花名册' : '职务不在对照表里'),
    (p) => (p.partTime ? '删去这一行' : `改为 ${p.terms}`),
  ),
  'unknown-rating': term('考核等次'),

  'impossible-date': error(
    dates,
    (p) => `${p.why}`,
    () => '改成实际的日期，如 2018-12-01 或 2018-12',
  ),
  'ambiguous-date': error(
    dates,
    (p) => `${p.why}`,
    () => '写成 2018-01 或 2018-10 这样的年月',
  ),
  'unreadable-date': error(
    dates,
    () => '认不出是哪一天',
    () => '写成 2018-12-01 或 2018-12',
  ),
  'incomplete-date': error(
    dates,
    () => '只写了年份',
    () => '补上月份，如 2018-12',
  ),
  'joined-before-16': error(
    dates,
    (p) => `参加社区工作时只有 ${p.age} 岁，未满 16 周岁`,
    () => '对照证明，改正参加社区工作时间',
  ),
  'joined-in-future': error(
    dates,
    (p) => `晚于导入日 ${p.on}`,
    () => '对照证明改正；还没有到岗的不列入花名册',
  ),
  'rated-before-joining': error(
    dates,
    (p) => `${p.year} 年还没有参加社区工作，不应有考核等次`,
    () => '删去等次，或改正参加社区工作时间',
  ),
  'rated-too-early': error(
    dates,
    (p) => `${p.year} 年度还没有结束，不应有考核等次`,
    () => '删去等次，或核对列名中的年份',
  ),
  'joined-before-18': check(dates, (p) => `参加社区工作时 ${p.age} 岁，早于 18 周岁`),
  'over-60': check(
    dates,
    (p) => `已满 ${p.age} 周岁`,
    () => '核对是否仍在岗',
  ),

  'same-phone': check(contact, (p) => `与第 ${p.row} 行相同`),
  'same-email': check(contact, (p) => `与第 ${p.row} 行相同，激活码会发到同一邮箱`),
  'phone-unreadable': check(
    contact,
    () => '认不出电话号码，导入时不写入',
    () => '改成 11 位手机号，或核对后补录',
  ),
  'email-unreadable': check(
    contact,
    () => '认不出邮箱地址，导入时不写入',
    () => '改成 name@example.cn 的写法，或核对后补录',
  ),
  'several-secretaries': check(units, (p) => `${p.community}在第 ${p.row} 行已有一位党组织书记`),

  'same-id-other-name': error(
    known,
    (p) => `此身份证号在系统中是“${p.name}”（${p.staffNo}）`,
    () => '核对姓名和身份证号；改名的请先在档案中更正',
  ),
  'person-elsewhere': error(
    known,
    (p) => `此人在系统中属于${p.unit}，不在您的管理范围`,
    () => '调动请由流动程序办理',
  ),
  'person-left': error(
    known,
    (p) => `此人（${p.staffNo}）在系统中已经离职`,
    () => '重新聘用请由招聘程序办理，或删去这一行',
  ),
  'decided-in-case': error(
    known,
    (p) => `系统中是“${p.value}”，由办件决定，不能用导入改动`,
    () => '改成与系统一致；需要更正的，另行办理',
  ),
});
