using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>What <see cref="WeightedCbpe"/> expects of current rows.</summary>
/// <param name="Table">Expected counts; its measures are the estimates.</param>
/// <param name="RocAuc">Expected area under the ROC curve; NaN when a class is not expected.</param>
/// <param name="AveragePrecision">Expected average precision; NaN when no positive is expected.</param>
/// <param name="EffectiveRows">Reference rows that the calibration rests on.</param>
public sealed record WeightedCbpeResult(ConfusionTable Table, double RocAuc, double AveragePrecision, double EffectiveRows);
