// A certified OpenID provider, node-oidc-provider, for the tests. It reads a JSON object from its standard input: port,
// loket (the address of Loket) and clients, and the name of a file with the people: subject → claims. Somebody is picked
// on a page of links; `acr` among the claims is the strength of the sign-in.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const found = createRequire(join(process.env.CERTIFIED_PROVIDER, 'package.json')).resolve('oidc-provider');
const { default: Provider } = await import(pathToFileURL(found));
const settings = JSON.parse(readFileSync(0, 'utf8'));
const people = () => JSON.parse(readFileSync(settings.people, 'utf8'));

const key = (kind, options, alg) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' }), use: 'sig', alg, kid: alg,
});
const keys = [
  key('rsa', { modulusLength: 2048 }, 'RS256'), key('rsa', { modulusLength: 2048 }, 'PS256'),
  key('ec', { namedCurve: 'P-256' }, 'ES256'), key('ec', { namedCurve: 'P-521' }, 'ES512'),
  key('ed25519', {}, 'EdDSA'),
];
const algorithms = keys.map(({ alg }) => alg);

const provider = new Provider(`http://127.0.0.1:${settings.port}`, {
  clients: settings.clients.map((client) => ({
    redirect_uris: [`${settings.loket}/login/outside/answer`],
    post_logout_redirect_uris: [`${settings.loket}/login`], ...client,
  })),
  jwks: { keys },
  enabledJWA: {
    idTokenSigningAlgValues: algorithms,
    clientAuthSigningAlgValues: ['RS256', 'ES256'],
  },
  pkce: { required: () => true },
  claims: { openid: ['sub', 'acr'], profile: ['given_name', 'family_name'], loket: ['loket_rol_3d'] },
  acrValues: ['eid', 'password'],
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['only for tests'] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people()[accountId] }) }),
});

provider.use(async (ctx, next) => {
  const match = /^\/interaction\/([\w-]+)$/.exec(ctx.path);
  if (!match) return next();
  const { prompt, params, session, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
  if (prompt.name === 'login' && !people()[ctx.query.person]) {
    const links = Object.keys(people()).map((person) => `<li><a href="${ctx.path}?person=${person}">${person}</a></li>`);
    ctx.body = `<!doctype html><html lang="nl"><title>Wie ben je?</title><h1>Wie ben je?</h1><ul>${links.join('')}</ul>`;
    return undefined;
  }
  let result = { login: { accountId: ctx.query.person, acr: people()[ctx.query.person]?.acr } };
  if (prompt.name === 'consent') {
    const { accountId } = session;
    const grant = (grantId && await provider.Grant.find(grantId))
      || new provider.Grant({ accountId, clientId: params.client_id });
    if (prompt.details.missingOIDCScope) grant.addOIDCScope(prompt.details.missingOIDCScope.join(' '));
    if (prompt.details.missingOIDCClaims) grant.addOIDCClaims(prompt.details.missingOIDCClaims);
    result = { consent: { grantId: await grant.save() } };
  }
  return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: prompt.name === 'consent' });
});

provider.listen(settings.port, '127.0.0.1', () => console.log('ready'));
