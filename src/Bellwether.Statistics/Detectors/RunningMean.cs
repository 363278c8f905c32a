using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>A mean updated value by value, by one of two arithmetics that a detector keeps to.</summary>
internal record struct RunningMean
{
    private double _sum;

    public long Count { get; private set; }

    public double Value { get; private set; }

    /// <summary>One over the count; meaningless before the first value.</summary>
    public double Reciprocal { get; private set; }

    /// <summary>Adds a value in River's order of operations.</summary>
    public void Add(double value)
    {
        Count++;
        // The reciprocal does not wait for the mean before, so that successive divisions overlap in the processor.
        Reciprocal = 1.0 / Count;
        Value += Reciprocal * (value - Value);
    }

    /// <summary>Adds a value by way of the sum: exact for bits, and half the latency, as a mean does not wait for the one before.</summary>
    public void AddToSum(double value)
    {
        Count++;
        Reciprocal = 1.0 / Count;
        _sum += value;
        Value = _sum / Count; // Not times the reciprocal: equal values must have exactly their mean.
    }

    public readonly void Write(ByteWriter writer)
    {
        writer.Count(Count);
        writer.Doubles([Value, _sum]);
    }

    public static RunningMean Read(ref ByteReader reader)
    {
        long count = reader.Count();
        return new RunningMean { Count = count, Reciprocal = 1.0 / count, Value = reader.Double(), _sum = reader.Double() };
    }
}
