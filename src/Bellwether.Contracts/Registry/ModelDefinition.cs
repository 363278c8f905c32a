using System.Text.Json.Serialization;
using Bellwether.Contracts.Log;

namespace Bellwether.Contracts.Registry;

/// <summary>What a model answers.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModelTask>))]
public enum ModelTask
{
    /// <summary>One of two classes.</summary>
    Binary,
    /// <summary>One of several classes.</summary>
    Multiclass,
    /// <summary>A number.</summary>
    Regression,
    /// <summary>An order.</summary>
    Ranking,
}

/// <summary>The type of a feature's values.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FeatureType>))]
public enum FeatureType
{
    /// <summary>Doubles.</summary>
    Number,
    /// <summary>Categories.</summary>
    Text,
    /// <summary>True or false; watched as two categories.</summary>
    Boolean,
    /// <summary>Embeddings.</summary>
    Vector,
}

/// <summary>What is said of one feature.</summary>
public sealed record ColumnDefinition(FeatureType Type);

/// <summary>One model, as its owner defines it. Only the task is required.</summary>
/// <param name="Task">What the model answers.</param>
public sealed record ModelDefinition(ModelTask Task)
{
    /// <summary>The value that counts as positive, for binary models; 1 (also true and "1") when absent.</summary>
    public FeatureValue? Positive { get; init; }

    /// <summary>Score at and above which a binary prediction is positive, where no prediction is sent; 0.5 when absent.</summary>
    public double? Threshold { get; init; }

    /// <summary>IANA zone of the model's days and hours; UTC when absent.</summary>
    public string? TimeZone { get; init; }

    /// <summary><c>15m</c>, <c>1h</c> (default), <c>6h</c>, <c>1d</c>, or <c>500 rows</c>.</summary>
    public string? Window { get; init; }

    /// <summary>How late a row may come before its window closes; <c>1h</c>, or one window where windows are longer.</summary>
    public string? AllowedLateness { get; init; }

    /// <summary>Types of features, by name; learnt where absent.</summary>
    public IReadOnlyDictionary<string, ColumnDefinition>? Columns { get; init; }

    /// <summary>Features whose values form segments.</summary>
    public IReadOnlyList<string>? Segments { get; init; }

    /// <summary>Free labels such as team and project.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The budget: false alarms a year over all of the model; 1 when absent, in (0, 365].</summary>
    public double? FalseAlarmsPerYear { get; init; }
}

/// <summary>A definition as stored.</summary>
/// <param name="Model">Its key.</param>
/// <param name="Revision">1 for the first.</param>
/// <param name="Definition">What was defined.</param>
public sealed record StoredModelDefinition(ModelKey Model, int Revision, ModelDefinition Definition);
