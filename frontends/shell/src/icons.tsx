import {
  BadgeEuro,
  ChartColumn,
  Folder,
  Inbox,
  type LucideIcon,
  Plane,
  Scale,
  Settings,
  TicketsPlane,
  User,
  Users,
} from 'lucide-react';

const known: Record<string, LucideIcon> = {
  account: User,
  cases: Inbox,
  chart: ChartColumn,
  customers: Users,
  flights: Plane,
  kiosk: TicketsPlane,
  money: BadgeEuro,
  rules: Scale,
  settings: Settings,
};

/** The icon of a frontend, by the name in its descriptor. */
export function FrontendIcon({ name }: { name: string }) {
  const Icon = known[name] ?? Folder;
  return <Icon aria-hidden />;
}
