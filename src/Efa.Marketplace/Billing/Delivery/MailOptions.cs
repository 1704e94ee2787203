using MailKit.Security;
using MimeKit;

namespace Efa.Marketplace.Billing.Delivery;

/// <summary>How a connection to the mail server is kept secret.</summary>
public enum MailSecurity
{
    /// <summary>Begins in clear and goes on with TLS, or not at all (port 587).</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>In clear: for a server on the same machine.</summary>
    None,
}

/// <summary>Settings of section <c>Mail</c>: the server that takes invoices for buyers whose electronic address is an e-mail address.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Null where no mail is sent.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>An address, with a name if wanted: Marktplatz &lt;rechnung@marktplatz.example&gt;. Answers go to the seller's contact for invoices.</summary>
    public string? From { get; set; }

    /// <summary>For one invoice, from connecting to the server's last word.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    internal SecureSocketOptions SocketOptions => Security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
    };

    /// <summary>What is wrong with the settings, by the name of the key; null where nothing is.</summary>
    public static string? Problem(MailOptions options)
    {
        if (options.Host is null) return options.From is null && options.User is null && options.Password is null ? null : "Mail:Host is missing, but other settings of section Mail are there.";
        if (options.Port is < 1 or > 65_535) return $"Mail:Port is {options.Port}, but must be from 1 to 65535.";
        if (!MailboxAddress.TryParse(options.From ?? "", out MailboxAddress? from) || from.Domain.Length == 0) return "Mail:From must be an e-mail address, such as Marktplatz <rechnung@marktplatz.example>.";
        if (options.User is null != options.Password is null) return "Mail:User and Mail:Password come together.";
        if (options.User is not null && options.Security == MailSecurity.None) return "Mail:Security is None, but a password is never sent in clear.";
        return options.TimeoutSeconds is < 1 or > 600 ? $"Mail:TimeoutSeconds is {options.TimeoutSeconds}, but must be from 1 to 600." : null;
    }
}
