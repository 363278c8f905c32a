using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Storage.Metadata;

namespace Bellwether.Storage.Tests.Metadata;

/// <summary>A store over a fresh file, and evaluations to put into it.</summary>
internal sealed class StoreFixture : IDisposable
{
    public static readonly ModelKey Model = ModelKey.Parse("credit-risk");
    public static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeWindow Always = new(DateTimeOffset.UnixEpoch, Start.AddYears(10));

    private readonly TemporaryFolder _folder = new();

    private StoreFixture()
    {
    }

    public MetadataDatabase Database { get; private set; } = null!;

    public MonitorStore Store { get; private set; } = null!;

    public string Folder => _folder.FullPath;

    public static async Task<StoreFixture> OpenAsync(params string[] targets)
    {
        var fixture = new StoreFixture();
        fixture.Database = await MetadataDatabase.OpenAsync(fixture.Folder, TestContext.Current.CancellationToken);
        fixture.Store = new MonitorStore(fixture.Database, targets);
        return fixture;
    }

    public static EvaluationChanges Changes(
        byte state = 1, CloseRecord[]? closes = null, StoredSummary[]? summaries = null, WindowReport[]? reports = null, Finding[]? findings = null,
        AlertNotification[]? notifications = null, StoredReference? learnt = null) =>
        new([state], closes ?? [], summaries ?? [], reports ?? [], findings ?? [], notifications ?? [], learnt);

    public static TimeWindow Hour(int index) => new(Start.AddHours(index), Start.AddHours(index + 1));

    public static StoredSummary Summary(int hour, int revision = 1, string schema = "a", int size = 3) =>
        new(Hour(hour), revision, schema, 2000, [.. Enumerable.Repeat((byte)hour, size)]);

    public static WindowReport Report(int hour, int revision = 1, double auc = 0.87) =>
        new(Hour(hour).Start, Hour(hour).End, revision, Hour(hour).End.AddHours(1), 2000, 1730, 0.865,
            new Dictionary<string, MeasureReport> { ["auc"] = new(auc, 0.85, 0.89, true, "ok") });

    public static Finding Finding(string id, int hour, string text = "income fell") =>
        new(id, Model, "drift", "ted/1", "income", null, null, Hour(hour), Hour(hour).Start, Severity.Warning, Certainty.Suspected,
            new FindingSize("meanShift", "referenceSigma", 0.51, 0.42, 0.6), new FindingEvidence(3.2, 1, "years"),
            new FindingBasis("r", "b", 1, 1), text);

    public static AlertNotification Notification(string id, string happened, AlertState state, int hour = 0, string model = "credit-risk") =>
        new(happened, id, ModelKey.Parse(model), "drift.ted", "income", null, state, Severity.Major, Start.AddHours(hour),
            state == AlertState.Resolved ? Start.AddHours(hour + 5) : null, ["f1"], "income <b>fell</b>", [new AlertStep(Start, happened, "bellwether")]);

    public static StoredReference Reference(string name, byte fitted = 7) =>
        new(0, name, "d1", new ReferenceReceipt(5832, "watching", Start.AddDays(-20), Start, ["income", "region"], []), [fitted]);

    public static ModelDefinition Definition(double threshold = 0.5) =>
        new(ModelTask.Binary) { Threshold = threshold, Positive = 1, Columns = new Dictionary<string, ColumnDefinition> { ["income"] = new(FeatureType.Number) } };

    public void Dispose()
    {
        Database.Dispose();
        _folder.Dispose();
    }
}
