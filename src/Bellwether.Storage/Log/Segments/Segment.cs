namespace Bellwether.Storage.Log.Segments;

/// <summary>One Parquet file with the rows of one model and one period, as its manifest row describes it. Never changed; late rows make a new one in its place.</summary>
/// <param name="Model">The model's number in the hot store.</param>
/// <param name="Period">As in <see cref="Hot.HotTable"/>.</param>
/// <param name="Revision">From 1; one more each time the period was written anew.</param>
/// <param name="File">Path below the folder of segments, with forward slashes.</param>
/// <param name="Sha256">Of the file, in lower-case hex.</param>
/// <param name="First">Event time of the first row, Unix microseconds.</param>
/// <param name="Last">Event time of the last row.</param>
/// <param name="FirstCounted">Of the first row that readers count (no revision, no shadow); null when none is.</param>
/// <param name="LastCounted">Of the last row that readers count.</param>
/// <param name="Schema">The schema version its columns follow.</param>
internal sealed record Segment(
    int Model, string Period, int Revision, string File, string Sha256, long SizeBytes, long Rows,
    long First, long Last, long? FirstCounted, long? LastCounted, int Schema);
