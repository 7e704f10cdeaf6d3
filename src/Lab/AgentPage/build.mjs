// Bundles the page into wwwroot/.
import { build } from 'esbuild';
import { copyFile, mkdir, rm } from 'node:fs/promises';

const output = 'wwwroot';

// The SDK's messaging client (chat over AWS) is never used here and would drag the AWS SDK in.
const withoutMessaging = {
  name: 'without-messaging',
  setup(bundler) {
    bundler.onResolve({ filter: /^(node:|@aws-sdk\/|@aws-crypto\/|@smithy\/)/ }, ({ path }) => ({ path, namespace: 'absent' }));
    bundler.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
  },
};

await rm(output, { recursive: true, force: true });
await mkdir(output);
await build({
  entryPoints: ['src/main.js'],
  outfile: `${output}/agent.js`,
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  format: 'iife',
  target: 'es2022',
  define: { global: 'globalThis' },
  legalComments: 'linked',
  plugins: [withoutMessaging],
});
await copyFile('src/index.html', `${output}/index.html`);
await copyFile('src/style.css', `${output}/style.css`);
