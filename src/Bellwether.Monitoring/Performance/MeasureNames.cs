namespace Bellwether.Monitoring.Performance;

/// <summary>Measures as people call them.</summary>
public static class MeasureNames
{
    public static string Label(string measure) => measure switch
    {
        "auc" => "AUC",
        "f1" => "F1",
        "macroF1" => "Macro F1",
        "mae" => "MAE",
        "rmse" => "RMSE",
        "errorShare" => "Error share",
        "latencyP95" => "Latency p95",
        _ => char.ToUpperInvariant(measure[0]) + measure[1..],
    };

    public static string Unit(string measure) => measure switch
    {
        "latencyP95" => "seconds",
        "mae" or "rmse" => "outcome",
        _ => "share",
    };

    /// <summary>The measure that leads a model's page.</summary>
    public static string Leading(Contracts.Registry.ModelTask task) => task switch
    {
        Contracts.Registry.ModelTask.Binary => "auc",
        Contracts.Registry.ModelTask.Multiclass => "accuracy",
        _ => "mae",
    };
}
