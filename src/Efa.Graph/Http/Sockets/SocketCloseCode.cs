namespace Efa.Graph.Http.Sockets;

/// <summary>Why a socket is closed. Official clients come back after <see cref="Restart"/>, <see cref="SlowReader"/>, <see cref="Forbidden"/> and <see cref="InitTimeout"/>, not after the others.</summary>
internal enum SocketCloseCode
{
    /// <summary>The client closed.</summary>
    Normal = 1000,
    Idle = 1001,
    BinaryMessage = 1003,
    TooLarge = 1009,
    Restart = 1012,

    /// <summary>The client did not read fast enough; it resumes with its last cursor.</summary>
    SlowReader = 1013,

    /// <summary>Try again later, when others of the same client are closed.</summary>
    TooManySockets = 1013,

    /// <summary>Whether the token is good cannot be told at the moment.</summary>
    TryLater = 1013,
    Malformed = 4400,
    NotInitialised = 4401,

    /// <summary>The token was not accepted, has run out, or access has been withdrawn since; the client comes back with a new token and resumes.</summary>
    Forbidden = 4403,
    InitTimeout = 4408,
    IdInUse = 4409,

    /// <summary>A second <c>connection_init</c>, or more messages than anybody needs.</summary>
    TooManyRequests = 4429,
}
