// What the pages draw and nothing else; see build.mjs.
import { use, init } from 'echarts/core';
import { LineChart, HeatmapChart } from 'echarts/charts';
import {
  GridComponent, TooltipComponent, MarkLineComponent, MarkPointComponent, MarkAreaComponent,
  VisualMapPiecewiseComponent, AriaComponent,
} from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([
  LineChart, HeatmapChart, GridComponent, TooltipComponent, MarkLineComponent, MarkPointComponent, MarkAreaComponent,
  VisualMapPiecewiseComponent, AriaComponent, CanvasRenderer,
]);

export { init };
