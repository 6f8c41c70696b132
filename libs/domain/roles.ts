/** Roles held in a unit (domain words of the personnel side, then the three separated administrators). */
export const roleTitles = {
  CITY_ORG: '市委组织部',
  COUNTY_ORG: '县（区）委组织部',
  COUNTY_HR: '县（区）人社局',
  COUNTY_CIVIL: '县（区）民政局',
  COUNTY_FINANCE: '县（区）财政局',
  STREET_HR: '街道（乡镇）组织人事',
  STREET_PARTY_COMMITTEE: '街道（乡镇）党（工）委委员',
  COMMUNITY_SECRETARY: '社区党组织书记',
  WORKER: '社区工作者',
  CANDIDATE: '报考人员',
  UNION: '工会',
  HOST_CONTACT: '接收地联系人',
  AUDITOR: '审计管理员',
  SYSTEM_ADMIN: '系统管理员',
  SECURITY_ADMIN: '安全管理员',
} as const;

export type Role = keyof typeof roleTitles;
export const roles = Object.keys(roleTitles) as [Role, ...Role[]];

export type Level = 'city' | 'county' | 'street' | 'community';
export const levelTitles: Record<Level, string> = { city: '市', county: '区（县）', street: '街道（乡镇）', community: '社区' };

/** The three administrators (三员): mutually exclusive with each other and with every deciding role; they decide nothing. */
export const administratorRoles: readonly Role[] = ['AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN'];

/** Those who hold an office: neither an administration nor a matter of their own. Only they have substitutes (代理) and are one. */
export const officerRoles: readonly Role[] = roles.filter((role) => ![...administratorRoles, 'WORKER', 'CANDIDATE'].includes(role));

/** Who is asked when nobody of a role in a unit may act, and before whom an overdue task is also put: the role one level up. */
export const levelAbove: Partial<Record<Role, { role: Role; level: Level }>> = {
  WORKER: { role: 'STREET_HR', level: 'street' },
  COMMUNITY_SECRETARY: { role: 'STREET_HR', level: 'street' },
  STREET_HR: { role: 'COUNTY_HR', level: 'county' },
  STREET_PARTY_COMMITTEE: { role: 'COUNTY_ORG', level: 'county' },
  UNION: { role: 'COUNTY_ORG', level: 'county' },
  COUNTY_HR: { role: 'COUNTY_ORG', level: 'county' },
  COUNTY_CIVIL: { role: 'COUNTY_ORG', level: 'county' },
  COUNTY_FINANCE: { role: 'COUNTY_ORG', level: 'county' },
  COUNTY_ORG: { role: 'CITY_ORG', level: 'city' },
};

/** A role held in a unit on the day that is asked about. */
export interface Post {
  role: Role;
  unitCode: string;
  unitPath: string;
  unitName: string;
  title: string | null;
}

/** Somebody in whose stead (代理) another acts on the day, with the posts that they hold; no process named: in all of them. */
export interface Principal {
  accountId: string;
  name: string;
  posts: Post[];
  processes: string[];
}

/** The signed-in person as every room below the doors sees them: who they are, what they hold on the day, and for whom they stand in. */
export interface Actor {
  accountId: string;
  name: string;
  personId: string | null;
  posts: Post[];
  standsInFor: Principal[];
}
