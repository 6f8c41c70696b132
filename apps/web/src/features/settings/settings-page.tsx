import { FeedCard } from './feed-card.tsx';
import { MailWishesCard } from './mail-wishes-card.tsx';

/** 设置: what each person arranges for themself. */
export default function SettingsPage() {
  return (
    <div style={{ display: 'grid', gap: 12, maxWidth: 760 }}>
      <MailWishesCard />
      <FeedCard />
    </div>
  );
}
