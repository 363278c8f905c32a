using System.Text.Json;
using System.Text.Json.Serialization;
using Bellwether.Dashboard.Drift;
using Bellwether.Dashboard.Performance;

namespace Bellwether.Dashboard.Charts;

/// <summary>What is sent to <c>charts.js</c>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = false)]
[JsonSerializable(typeof(MetricSpec))]
[JsonSerializable(typeof(HeatmapSpec))]
internal sealed partial class ChartJson : JsonSerializerContext;
