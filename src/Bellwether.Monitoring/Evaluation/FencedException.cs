namespace Bellwether.Monitoring.Evaluation;

/// <summary>Another owner wrote this model's state first; what this one holds is stale.</summary>
public sealed class FencedException(string model) : Exception($"Model {model}: its state moved on under another owner.");
