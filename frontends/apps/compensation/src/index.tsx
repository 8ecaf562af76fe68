/** Claims: what is owed, by which article, and who decides it. */
import { defineFrontend } from '@app/ui';
import { Route, Switch } from 'wouter';
import { ClaimPage } from './claim/page.tsx';
import { ClaimListPage } from './list/page.tsx';

function Claims() {
  return (
    <Switch>
      <Route path="/">
        <ClaimListPage />
      </Route>
      <Route path="/:id">{({ id }) => <ClaimPage key={id} id={id} />}</Route>
    </Switch>
  );
}

export default defineFrontend('compensation', Claims, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
