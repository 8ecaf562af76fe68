/** Compensation: what customers are owed, by which rule, and what it costs. */
import { can } from '@app/sdk';
import { defineFrontend, Page, Skeleton } from '@app/ui';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { ClaimPage } from './claim/page.tsx';
import { ClaimListPage } from './claims/page.tsx';
import { PayoutListPage } from './payouts/list.tsx';
import { PayoutPage } from './payouts/page.tsx';
import { useText } from './text.ts';

// What draws charts or holds an editor comes when it is opened: most days are spent on claims.
const ExposurePage = lazy(() => import('./exposure/page.tsx'));
const ExplorerPage = lazy(() => import('./exposure/explorer.tsx'));
const RulePackListPage = lazy(() => import('./rules/list.tsx'));
const RulePackPage = lazy(() => import('./rules/page.tsx'));
const DraftPage = lazy(() => import('./rules/draft.tsx'));

function Compensation() {
  const t = useText();
  const shape = (
    <Page title={t('compensation')}>
      <Skeleton kind="rows" lines={6} />
    </Page>
  );
  return (
    <Suspense fallback={shape}>
      <Switch>
        <Route path="/">
          <First />
        </Route>
        <Route path="/payouts">
          <PayoutListPage />
        </Route>
        <Route path="/payouts/:id">{({ id }) => <PayoutPage key={id} id={id} />}</Route>
        <Route path="/exposure">
          <ExposurePage />
        </Route>
        <Route path="/exposure/:id">{({ id }) => <ExplorerPage key={id} id={id} />}</Route>
        <Route path="/rules">
          <RulePackListPage />
        </Route>
        <Route path="/rules/:pack">{({ pack }) => <RulePackPage key={pack} id={pack} />}</Route>
        <Route path="/rules/:pack/draft">{({ pack }) => <DraftPage key={pack} id={pack} />}</Route>
        <Route path="/:id">{({ id }) => <ClaimPage key={id} id={id} />}</Route>
      </Switch>
    </Suspense>
  );
}

/** Whoever counts without persons begins with what things cost. */
function First() {
  if (can('claim:read')) return <ClaimListPage />;
  return can('exposure:read') ? <ExposurePage /> : <RulePackListPage />;
}

export default defineFrontend('compensation', Compensation, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
