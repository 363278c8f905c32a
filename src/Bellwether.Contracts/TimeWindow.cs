namespace Bellwether.Contracts;

/// <summary>A half-open interval [start, end) of event time, UTC.</summary>
public readonly record struct TimeWindow(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Whether an instant lies inside.</summary>
    public bool Contains(DateTimeOffset instant) => instant >= Start && instant < End;
}
