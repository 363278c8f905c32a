using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>A mean updated value by value, in River's order of operations.</summary>
internal record struct RunningMean
{
    public long Count { get; private set; }

    public double Value { get; private set; }

    public void Add(double value)
    {
        Count++;
        // The reciprocal does not wait for the mean before, so that successive divisions overlap in the processor.
        Value += 1.0 / Count * (value - Value);
    }

    public readonly void Write(ByteWriter writer)
    {
        writer.Count(Count);
        writer.Double(Value);
    }

    public static RunningMean Read(ref ByteReader reader) => new() { Count = reader.Count(), Value = reader.Double() };
}
