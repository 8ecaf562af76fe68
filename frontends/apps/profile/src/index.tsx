/** The customer: who they are, what happened to them, and what they are owed. */
import { defineFrontend } from '@app/ui';
import { Route, Switch } from 'wouter';
import { CustomerPage } from './customer/page.tsx';
import { SearchPage } from './search/page.tsx';

function Profile() {
  return (
    <Switch>
      <Route path="/">
        <SearchPage />
      </Route>
      <Route path="/:id">{({ id }) => <CustomerPage key={id} id={id} />}</Route>
    </Switch>
  );
}

export default defineFrontend('profile', Profile, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
