using Bellwether.Contracts;
using Bellwether.Contracts.Registry;

namespace Bellwether.Dashboard.Signs;

/// <summary>States and severities in words.</summary>
internal static class StateWords
{
    public static string Of(ModelState state) => state switch
    {
        ModelState.NoData => "No data",
        ModelState.Learning => "Learning",
        ModelState.Provisional => "Provisional",
        ModelState.BrokenData => "Broken data",
        ModelState.Healthy => "Healthy",
        ModelState.ShiftedHarmless => "Shifted, harmless",
        ModelState.ShiftedHarmful => "Shifted, harmful",
        ModelState.CannotTell => "Cannot tell",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state of a model."),
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        Severity.Major => "major",
        Severity.Critical => "critical",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "No such severity."),
    };

    public static string Of(ModelTask task) => task switch
    {
        ModelTask.Binary => "binary classification",
        ModelTask.Multiclass => "classification",
        ModelTask.Regression => "regression",
        ModelTask.Ranking => "ranking",
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, "No such task."),
    };
}
