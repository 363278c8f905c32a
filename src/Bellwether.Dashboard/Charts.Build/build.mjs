// Rebuilds what is committed under wwwroot from the exact packages of package-lock.json:
//   npm ci && npm run build
// The lock file holds no addresses of a registry, so any mirror with the same bytes serves (integrity is checked).
import { build } from 'esbuild';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';

const out = new URL('../wwwroot/', import.meta.url);
const packages = new URL('./node_modules/', import.meta.url);

await build({
  entryPoints: ['echarts.slim.entry.js'],
  outfile: new URL('echarts.slim.js', out).pathname,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'linked',
});
await rename(new URL('echarts.slim.js.LEGAL.txt', out), new URL('LEGAL.txt', out));
const bundle = new URL('echarts.slim.js', out);
await writeFile(bundle, (await readFile(bundle, 'utf8')).replace('echarts.slim.js.LEGAL.txt', 'LEGAL.txt'));

// The licences themselves belong beside what they cover.
const legal = [await readFile(new URL('LEGAL.txt', out), 'utf8')];
for (const name of ['echarts/LICENSE', 'echarts/NOTICE', 'zrender/LICENSE']) {
  legal.push(`\n==== ${name} ====\n\n`, await readFile(new URL(name, packages), 'utf8'));
}
await writeFile(new URL('LEGAL.txt', out), legal.join('').split('\n').map(line => line.trimEnd()).join('\n').trimEnd() + '\n');

for (const [family, file] of [['inter', 'inter-latin-wght-normal'], ['jetbrains-mono', 'jetbrains-mono-latin-wght-normal']]) {
  const source = new URL(`@fontsource-variable/${family}/`, packages);
  await copyFile(new URL(`files/${file}.woff2`, source), new URL(`fonts/${family}.woff2`, out));
  await copyFile(new URL('LICENSE', source), new URL(`fonts/${family}.LICENSE.txt`, out));
}

const lock = new URL('package-lock.json', import.meta.url);
const tree = JSON.parse(await readFile(lock, 'utf8'));
for (const entry of Object.values(tree.packages)) { delete entry.resolved; }
await writeFile(lock, JSON.stringify(tree, null, 2) + '\n');
await rm(new URL('.package-lock.json', packages), { force: true });
