namespace Efa.Graph.Engine.Errors;

/// <summary>All codes that can stand in the <c>errors</c> list of an answer.</summary>
public static class RequestErrors
{
    public static readonly RequestErrorCode MalformedRequest = Request("MALFORMED_REQUEST", 400,
        "The HTTP request is not a GraphQL request.");

    public static readonly RequestErrorCode InvalidDocument = Request("INVALID_DOCUMENT", 400,
        "The document does not parse or does not fit the schema.");

    public static readonly RequestErrorCode InvalidValue = Request("INVALID_VALUE", 400,
        "An argument or variable has a value that its type does not allow.");

    public static readonly RequestErrorCode InvalidId = Request("INVALID_ID", 400,
        "A global id is malformed or of another type.");

    public static readonly RequestErrorCode InvalidCursor = Request("INVALID_CURSOR", 400,
        "A page cursor is malformed, or of another list or sort.");

    public static readonly RequestErrorCode CursorOtherLog = Request("CURSOR_OTHER_LOG", 400,
        "The log cursor belongs to another log, or to the store before it was restored.");

    public static readonly RequestErrorCode CursorAhead = Request("CURSOR_AHEAD", 400,
        "The log cursor is ahead of the log.");

    public static readonly RequestErrorCode CursorExpired = Request("CURSOR_EXPIRED", 400,
        "The log does not reach back to this cursor.");

    public static readonly RequestErrorCode Unauthenticated = Request("UNAUTHENTICATED", 401,
        "This needs a valid access token.");

    public static readonly RequestErrorCode Forbidden = Request("FORBIDDEN", 403,
        "The access token does not allow this.");

    public static readonly RequestErrorCode LimitExceeded = Request("LIMIT_EXCEEDED", 400,
        "The request is larger than one request may be.");

    public static readonly RequestErrorCode RateLimited = Request("RATE_LIMITED", 429,
        "Too much was asked for in too short a time.");

    public static readonly RequestErrorCode DocumentNotFound = Request("DOCUMENT_NOT_FOUND", 400,
        "No document is stored under this documentId.");

    public static readonly RequestErrorCode DocumentNotTrusted = Request("DOCUMENT_NOT_TRUSTED", 400,
        "Only stored documents are answered here; send a documentId.");

    public static readonly RequestErrorCode HashMismatch = Request("HASH_MISMATCH", 400,
        "The bytes do not have the hash of their address.");

    public static readonly RequestErrorCode UploadUnknown = Request("UPLOAD_UNKNOWN", 404,
        "No upload is awaited at this address, or not from this caller.");

    public static readonly RequestErrorCode UploadTaken = Request("UPLOAD_TAKEN", 409,
        "The file of this address has been taken already.");

    public static readonly RequestErrorCode UploadExpired = Request("UPLOAD_EXPIRED", 410,
        "The time to send a file to this address is over.");

    public static readonly RequestErrorCode Timeout = Server("TIMEOUT", 504,
        "The answer took too long and was given up.");

    public static readonly RequestErrorCode Unavailable = Server("UNAVAILABLE", 503,
        "The server cannot answer at the moment.");

    public static readonly RequestErrorCode Internal = Server("INTERNAL", 500,
        "Something went wrong on the server.");

    public static readonly IReadOnlyList<RequestErrorCode> All =
    [
        MalformedRequest, InvalidDocument, InvalidValue, InvalidId, InvalidCursor, CursorOtherLog, CursorAhead, CursorExpired,
        Unauthenticated, Forbidden, LimitExceeded, RateLimited, DocumentNotFound, DocumentNotTrusted, HashMismatch, UploadUnknown, UploadTaken, UploadExpired, Timeout, Unavailable, Internal,
    ];

    private static readonly Dictionary<string, RequestErrorCode> ByName = All.ToDictionary(c => c.Name);

    /// <summary>Null where the name is none of ours.</summary>
    public static RequestErrorCode? Named(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    private static RequestErrorCode Request(string name, int status, string text) => new(name, RequestErrorClass.RequestError, status, text);

    private static RequestErrorCode Server(string name, int status, string text) => new(name, RequestErrorClass.ServerError, status, text);
}
