import type { Construct } from 'constructs';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

/** Keys: who may call the API, and its documentation. */
export class AccessStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'access', foundation);
    const { access } = this.tables;

    this.authorizer('authorize-request').uses(access, 'GetItem').readsSecret('admin-key');
    this.endpoint('issue-key').uses(access, 'PutItem');
    this.endpoint('read-api-document');
    this.endpoint('read-api-page');
  }
}
