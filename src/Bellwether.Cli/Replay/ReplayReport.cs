using System.Text.Encodings.Web;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Performance;

namespace Bellwether.Cli.Replay;

/// <summary>What a replay gave, whether a server ran it or this process.</summary>
internal sealed record ReplayReport(ModelKey Model, IReadOnlyList<Finding> Findings, IReadOnlyList<Alert> Alerts, IReadOnlyList<WindowReport> Windows)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a finding is at or above a severity.</summary>
    public bool Has(Severity severity) => Findings.Any(finding => finding.Severity >= severity);

    /// <summary>The report as one JSON document, the same bytes for the same content.</summary>
    public byte[] ToJson()
    {
        var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("model", Model.Value);
            writer.WriteStartArray("findings");
            foreach (var finding in Findings) { JsonSerializer.Serialize(writer, finding, BellwetherJson.Default.Finding); }
            writer.WriteEndArray();
            writer.WriteStartArray("alerts");
            foreach (var alert in Alerts) { JsonSerializer.Serialize(writer, alert, BellwetherJson.Default.Alert); }
            writer.WriteEndArray();
            writer.WriteStartArray("windows");
            foreach (var window in Windows) { JsonSerializer.Serialize(writer, window, BellwetherJson.Default.WindowReport); }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
