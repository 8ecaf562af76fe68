/** Cases: what customers need somebody to deal with. */
import { defineFrontend } from '@app/ui';
import { Route, Switch } from 'wouter';
import { CasePage } from './case/page.tsx';
import { CaseListPage } from './list/page.tsx';
import { OpenCasePage } from './open/page.tsx';

function Cases() {
  return (
    <Switch>
      <Route path="/">
        <CaseListPage />
      </Route>
      <Route path="/new">
        <OpenCasePage />
      </Route>
      <Route path="/:id">{({ id }) => <CasePage key={id} id={id} />}</Route>
    </Switch>
  );
}

export default defineFrontend('cases', Cases, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
