using System.Text.Json;
using System.Text.Json.Serialization;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;

namespace Bellwether.Contracts;

/// <summary>The source-generated JSON shapes of everything on the wire. Unknown properties are refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    AllowDuplicateProperties = false,
    Converters = [typeof(UtcInstantConverter)])]
[JsonSerializable(typeof(ModelDefinition))]
[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(List<Prediction>))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(List<Outcome>))]
[JsonSerializable(typeof(StoredPrediction))]
[JsonSerializable(typeof(IngestReceipt))]
[JsonSerializable(typeof(ReferenceReceipt))]
[JsonSerializable(typeof(StoredModelDefinition))]
[JsonSerializable(typeof(PlanReceipt))]
[JsonSerializable(typeof(CloseRequest))]
[JsonSerializable(typeof(CloseRecord))]
[JsonSerializable(typeof(Page<Finding>))]
[JsonSerializable(typeof(Page<Alert>))]
[JsonSerializable(typeof(Page<ModelItem>))]
[JsonSerializable(typeof(Page<WindowReport>))]
[JsonSerializable(typeof(Page<CloseRecord>))]
[JsonSerializable(typeof(AlertNotification))]
[JsonSerializable(typeof(IReadOnlyList<Fault>))]
public sealed partial class BellwetherJson : JsonSerializerContext;
