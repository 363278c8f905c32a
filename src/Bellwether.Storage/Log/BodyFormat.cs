namespace Bellwether.Storage.Log;

/// <summary>How the rows of a body are written.</summary>
public enum BodyFormat : byte
{
    /// <summary>A JSON array of objects, or one object.</summary>
    Json = 1,
    /// <summary>One JSON object a line.</summary>
    NdJson = 2,
    /// <summary>Comma-separated values with a header; columns without a reserved name are features.</summary>
    Csv = 3,
    /// <summary>A Parquet file; columns without a reserved name are features.</summary>
    Parquet = 4,
}
