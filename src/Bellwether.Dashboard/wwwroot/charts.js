// Draws the line of a measure and the heatmap of drift. Words and digits arrive ready to print; colours come from the style sheet's
// custom properties, so a change of theme only draws again. Text reaches the page as text nodes, never as markup.
const drawn = new Set();
const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const redraw = () => drawn.forEach(chart => chart.draw());
new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

const shapes = {
  Info: 'circle',
  Warning: 'triangle',
  Major: 'diamond',
  Critical: 'path://M5 .9L11 .9L15.1 5L15.1 11L11 15.1L5 15.1L.9 11L.9 5Z',
};

async function create(element, option, after) {
  const [{ init }] = await Promise.all([
    import('./echarts.slim.js'), document.fonts.load('11px Inter'), document.fonts.load('11px "JetBrains Mono"')]);
  const chart = init(element, null, { renderer: 'canvas' });
  const self = {
    chart,
    spec: null,
    draw() {
      if (!self.spec) { return; }
      chart.setOption(option(self.spec, element), { notMerge: true, lazyUpdate: false });
      after?.(self.spec);
    },
    update(json) {
      self.spec = JSON.parse(json);
      chart.resize(); // The height follows the number of rows.
      self.draw();
    },
    remove() {
      size.disconnect();
      drawn.delete(self);
      self.spec = null;
      // A large picture is painted over several frames; one still due would fall on a painter that is gone. An empty one ends it.
      chart.clear();
      chart.getZr().refreshImmediately();
      chart.dispose();
    },
  };
  const size = new ResizeObserver(() => { chart.resize(); self.draw(); });
  size.observe(element);
  drawn.add(self);
  return self;
}

function tooltip() {
  return {
    confine: true, backgroundColor: token('--panel'), borderColor: token('--line-strong'), borderWidth: 1, padding: [7, 10],
    textStyle: { color: token('--ink'), fontFamily: 'Inter', fontSize: 12 }, extraCssText: 'border-radius:7px;box-shadow:var(--lift)',
    transitionDuration: 0,
  };
}

function lines(texts) {
  const box = document.createElement('div');
  texts.forEach((text, i) => {
    const line = document.createElement(i ? 'div' : 'b');
    line.textContent = text;
    box.append(line);
  });
  return box;
}

// Four to six round steps over everything that must be seen; an interval of a tiny window may not flatten the line.
function scale(spec) {
  const fixed = [...spec.points.map(p => p.value), spec.bandLow, spec.bandHigh, ...spec.limits.map(l => l.value)].filter(Number.isFinite);
  if (!fixed.length) { return { min: 0, max: 1 }; }
  let low = Math.min(...fixed), high = Math.max(...fixed);
  const room = (high - low || Math.abs(high) || 1) * 0.35;
  const reach = spec.points.flatMap(p => [p.low, p.high]).filter(Number.isFinite);
  low = Math.max(low - room, Math.min(low, ...reach));
  high = Math.min(high + room, Math.max(high, ...reach));
  if (high === low) { low -= room / 2; high += room / 2; }
  const raw = (high - low) / 4, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find(m => m * power >= raw) * power;
  // Every label has the digits that the step needs: 0.900 beside 0.925.
  const digits = Math.max(0, Math.min(8, -Math.floor(Math.log10(power)) + (step / power === 2.5 ? 1 : 0) - (step / power === 10 ? 1 : 0)));
  return { min: Math.floor(low / step) * step, max: Math.ceil(high / step) * step, interval: step, axisLabel: { formatter: v => v.toFixed(digits) } };
}

function metricOption(spec) {
  const ink3 = token('--ink3'), accent = token('--accent'), warn = token('--warn-fill'), crit = token('--crit-fill');
  const font = { fontFamily: 'Inter', fontSize: 11, color: ink3 };
  const severe = severity => severity === 'Major' || severity === 'Critical';
  const at = spec.points.map(p => p.at), value = spec.points.map(p => p.value);
  const alone = value.map((v, i) => v != null && value[i - 1] == null && value[i + 1] == null);
  const vertical = scale(spec), hours = (spec.to - spec.from) / 3.6e6;
  // Midnights, or every fourth hour of a short range: ticks of the library's own choosing crowd at the turn of a month.
  const every = hours <= 30 ? 4 * 3.6e6 : Math.ceil(hours / 24 / 10) * 864e5;
  const ticks = [];
  for (let t = Math.ceil(spec.from / every) * every; t <= spec.to; t += every) { ticks.push(t); }
  const day = new Intl.DateTimeFormat('en-GB', { weekday: hours > 200 ? undefined : 'short', day: 'numeric', month: hours > 200 ? 'short' : undefined, timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const quiet = { type: 'line', symbol: 'none', silent: true, stack: 'interval', stackStrategy: 'all', lineStyle: { opacity: 0 }, tooltip: { show: false }, z: 1 };
  return {
    animation: false, useUTC: true,
    aria: { enabled: true, label: { description: spec.sentence } },
    grid: { outerBoundsMode: 'none', left: 46, right: 76, top: 12, bottom: 24 },
    tooltip: {
      ...tooltip(), trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: token('--line-strong') } },
      formatter: items => lines(spec.points[items[0].dataIndex].note),
    },
    xAxis: {
      type: 'time', min: spec.from, max: spec.to, axisLine: { lineStyle: { color: token('--line-strong') } }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { ...font, customValues: ticks, hideOverlap: true, formatter: t => t % 864e5 === 0 ? day.format(t) : clock.format(t) },
    },
    yAxis: {
      type: 'value', ...vertical, axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: token('--line') } },
      axisLabel: { ...font, ...vertical.axisLabel },
    },
    series: [
      { ...quiet, data: spec.points.map((p, i) => [at[i], p.low]) },
      { ...quiet, data: spec.points.map((p, i) => [at[i], p.low == null || p.high == null ? null : p.high - p.low]), areaStyle: { color: accent, opacity: 0.13 } },
      {
        type: 'line', data: at.map((t, i) => [t, value[i]]), connectNulls: false, symbol: 'circle', symbolSize: (_, p) => alone[p.dataIndex] ? 4 : 0, showSymbol: true,
        lineStyle: { width: 1.8, color: accent }, itemStyle: { color: accent }, z: 3, emphasis: { disabled: true },
        markArea: spec.bandLow == null || spec.bandHigh == null ? undefined : {
          silent: true, itemStyle: { color: token('--band') }, data: [[{ yAxis: spec.bandLow }, { yAxis: spec.bandHigh }]],
        },
        markLine: {
          silent: true, symbol: 'none', animation: false,
          data: spec.limits.map(l => ({
            yAxis: l.value,
            lineStyle: { color: severe(l.severity) ? crit : warn, width: 1.3, type: severe(l.severity) ? 'solid' : [5, 4] },
            label: { formatter: l.text, position: 'end', distance: 5, fontFamily: 'Inter', fontSize: 11, color: token(severe(l.severity) ? '--crit' : '--warn') },
          })),
        },
        markPoint: {
          animation: false, silent: true,
          data: spec.marks.map(m => ({
            coord: [m.at, m.value], symbol: shapes[m.severity], symbolSize: 12, symbolOffset: [0, -12], label: { show: false },
            itemStyle: severe(m.severity) ? { color: crit } : { color: warn, borderColor: token('--warn-edge'), borderWidth: 1 },
          })),
        },
      },
    ],
  };
}

export async function metric(element) {
  const made = await create(element, metricOption);
  return { update: made.update, remove: made.remove };
}

// Cells that cannot be told are not drawn: the hatching behind the plot shows through.
function hatching() {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 6;
  const pen = tile.getContext('2d');
  pen.strokeStyle = token('--hatch');
  pen.lineWidth = 1;
  [-6, 0, 6].forEach(x => { pen.beginPath(); pen.moveTo(x - 1, 7); pen.lineTo(x + 7, -1); pen.stroke(); });
  return { image: tile, repeat: 'repeat' };
}

const edge = { right: 2, top: 2, bottom: 22 };
const left = spec => Math.min(168, Math.max(60, 14 + 6.7 * Math.max(...spec.labels.map(name => name.length))));

function heatmapOption(spec, element) {
  const cellWidth = (element.clientWidth - left(spec) - edge.right) / spec.windows.length;
  const ticks = new Map(spec.ticks.map(t => [t.window, t.text]));
  const data = spec.cells.flatMap((row, y) => row.flatMap((v, x) => v == null ? [] : [[x, y, v]]));
  const axis = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const bounds = [0, 0.5, 0.75, 1, 1.5, 2.5, 4];
  return {
    animation: false,
    grid: { outerBoundsMode: 'none', left: left(spec), ...edge, show: true, backgroundColor: hatching(), borderWidth: 0 },
    tooltip: { ...tooltip(), trigger: 'item', formatter: p => lines([spec.labels[p.value[1]], spec.windows[p.value[0]], `${p.value[2].toFixed(2)} × its tolerance`]) },
    visualMap: {
      type: 'piecewise', show: false, dimension: 2,
      pieces: bounds.map((b, i) => ({ gte: i ? b : -Infinity, lt: bounds[i + 1] ?? Infinity, color: token(`--drift-${i}`) })),
    },
    xAxis: {
      type: 'category', data: spec.windows, ...axis,
      axisLabel: { fontFamily: 'Inter', fontSize: 11, color: token('--ink3'), interval: i => ticks.has(i), formatter: (_, i) => ticks.get(i) ?? '', hideOverlap: true },
    },
    yAxis: {
      type: 'category', data: spec.labels, inverse: true, ...axis,
      axisLabel: { fontFamily: 'JetBrains Mono', fontSize: 11, color: token('--ink2'), interval: 0, width: left(spec) - 12, overflow: 'truncate' },
    },
    series: [{
      type: 'heatmap', data, progressive: 0, itemStyle: { borderColor: token('--panel'), borderWidth: cellWidth < 5 ? 0.5 : 1 },
      emphasis: { itemStyle: { borderColor: token('--ink'), borderWidth: 1 } },
    }],
  };
}

export async function heatmap(element, peer) {
  const canvas = element.querySelector('.canvas'), cursor = element.querySelector('.cursor'), voice = element.querySelector('[aria-live]');
  let at = null, selected = null;

  function place(spec) {
    cursor.hidden = !at || !spec || at.row >= spec.columns.length || at.window >= spec.windows.length;
    if (cursor.hidden) { return; }
    const width = (canvas.clientWidth - left(spec) - edge.right) / spec.windows.length, height = (canvas.clientHeight - edge.top - edge.bottom) / spec.columns.length;
    Object.assign(cursor.style, { left: `${left(spec) + at.window * width}px`, top: `${edge.top + at.row * height}px`, width: `${width}px`, height: `${height}px` });
  }

  const made = await create(canvas, heatmapOption, place);
  const choose = () => peer.invokeMethodAsync('SelectAsync', made.spec.columns[at.row], at.window);

  function move(row, window) {
    const spec = made.spec;
    at = { row: Math.min(spec.columns.length - 1, Math.max(0, row)), window: Math.min(spec.windows.length - 1, Math.max(0, window)) };
    place(spec);
    const v = spec.cells[at.row][at.window];
    voice.textContent = `${spec.labels[at.row]}, ${spec.windows[at.window]}, ${v == null ? 'cannot tell' : `${v.toFixed(2)} times its tolerance`}`;
  }

  made.chart.getZr().on('click', e => {
    const spec = made.spec;
    if (!spec) { return; }
    const x = (e.offsetX - left(spec)) / (canvas.clientWidth - left(spec) - edge.right), y = (e.offsetY - edge.top) / (canvas.clientHeight - edge.top - edge.bottom);
    if (x >= 1 || y < 0 || y >= 1) { return; }
    // A click on a name keeps the window.
    move(Math.floor(y * spec.columns.length), x < 0 ? at?.window ?? spec.windows.length - 1 : Math.floor(x * spec.windows.length));
    choose();
  });

  function onKey(e) {
    const spec = made.spec;
    if (!spec) { return; } // Not drawn yet.
    const from = at ?? { row: 0, window: spec.windows.length - 1 };
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -1e9], End: [0, 1e9], PageUp: [-10, 0], PageDown: [10, 0] };
    if (steps[e.key]) { move(from.row + steps[e.key][0], from.window + steps[e.key][1]); } else if ((e.key === 'Enter' || e.key === ' ') && at) { choose(); } else { return; }
    e.preventDefault();
  }

  const onBlur = () => { at = selected; place(made.spec); };
  element.addEventListener('keydown', onKey);
  element.addEventListener('blur', onBlur);
  return {
    update: made.update,
    select(row, window) {
      selected = row < 0 || window < 0 ? null : { row, window };
      at = selected;
      place(made.spec);
    },
    remove() {
      element.removeEventListener('keydown', onKey);
      element.removeEventListener('blur', onBlur);
      made.remove();
    },
  };
}
