namespace Bellwether.Statistics.Sketches;

/// <summary>An item with what is known of its count.</summary>
/// <param name="Item">The item.</param>
/// <param name="AtLeast">Its true count is not below.</param>
/// <param name="AtMost">Its true count is not above.</param>
public readonly record struct FrequentItem<T>(T Item, long AtLeast, long AtMost);
