using System.Xml.Linq;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

/// <summary>The order of elements in UBL 2.1, as far as XRechnung uses them.</summary>
public sealed class ElementOrderTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Orders = new Dictionary<string, string>
    {
        ["Invoice"] = """
            CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note TaxPointDate DocumentCurrencyCode AccountingCost BuyerReference InvoicePeriod OrderReference
            BillingReference DespatchDocumentReference ReceiptDocumentReference OriginatorDocumentReference ContractDocumentReference AdditionalDocumentReference ProjectReference
            AccountingSupplierParty AccountingCustomerParty PayeeParty TaxRepresentativeParty Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal InvoiceLine
            """,
        ["CreditNote"] = """
            CustomizationID ProfileID ID IssueDate TaxPointDate CreditNoteTypeCode Note DocumentCurrencyCode AccountingCost BuyerReference InvoicePeriod OrderReference
            BillingReference DespatchDocumentReference ReceiptDocumentReference ContractDocumentReference AdditionalDocumentReference OriginatorDocumentReference
            AccountingSupplierParty AccountingCustomerParty PayeeParty TaxRepresentativeParty Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal CreditNoteLine
            """,
        ["Party"] = "EndpointID PartyIdentification PartyName PostalAddress PartyTaxScheme PartyLegalEntity Contact",
        ["PostalAddress"] = "StreetName AdditionalStreetName CityName PostalZone CountrySubentity AddressLine Country",
        ["PartyTaxScheme"] = "CompanyID TaxScheme",
        ["PartyLegalEntity"] = "RegistrationName CompanyID CompanyLegalForm",
        ["Contact"] = "Name Telephone ElectronicMail",
        ["OrderReference"] = "ID SalesOrderID",
        ["InvoiceDocumentReference"] = "ID IssueDate",
        ["AdditionalDocumentReference"] = "ID DocumentTypeCode DocumentDescription Attachment",
        ["InvoicePeriod"] = "StartDate EndDate DescriptionCode",
        ["PaymentMeans"] = "PaymentMeansCode PaymentDueDate PaymentID CardAccount PayeeFinancialAccount PaymentMandate",
        ["PayeeFinancialAccount"] = "ID Name FinancialInstitutionBranch",
        ["AllowanceCharge"] = "ChargeIndicator AllowanceChargeReasonCode AllowanceChargeReason MultiplierFactorNumeric Amount BaseAmount TaxCategory",
        ["TaxTotal"] = "TaxAmount TaxSubtotal",
        ["TaxSubtotal"] = "TaxableAmount TaxAmount TaxCategory",
        ["TaxCategory"] = "ID Percent TaxExemptionReasonCode TaxExemptionReason TaxScheme",
        ["ClassifiedTaxCategory"] = "ID Percent TaxScheme",
        ["LegalMonetaryTotal"] = "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount PayableRoundingAmount PayableAmount",
        ["InvoiceLine"] = "ID Note InvoicedQuantity LineExtensionAmount AccountingCost InvoicePeriod OrderLineReference DocumentReference AllowanceCharge Item Price",
        ["CreditNoteLine"] = "ID Note CreditedQuantity LineExtensionAmount AccountingCost InvoicePeriod OrderLineReference DocumentReference TaxTotal AllowanceCharge Item Price",
        ["Item"] = """
            Description Name BuyersItemIdentification SellersItemIdentification StandardItemIdentification OriginCountry CommodityClassification ClassifiedTaxCategory AdditionalItemProperty
            """,
        ["AdditionalItemProperty"] = "Name Value",
        ["Price"] = "PriceAmount BaseQuantity AllowanceCharge",
    }.ToDictionary(o => o.Key, o => o.Value.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Elements with one element inside, whose order is no question.</summary>
    private static readonly string[] Single =
    [
        "AccountingSupplierParty", "AccountingCustomerParty", "PartyIdentification", "Country", "TaxScheme", "BillingReference", "ContractDocumentReference", "Attachment", "PaymentTerms",
        "SellersItemIdentification", "FinancialInstitutionBranch",
    ];

    public static TheoryData<string> Names => ["everything", "everything credited", .. ExampleInvoices.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Elements_stand_in_the_order_of_the_schema(string name)
    {
        XElement root = WrittenXml.Of(Invoice(name)).Root;

        Assert.All(root.DescendantsAndSelf().Where(e => e.HasElements), element =>
        {
            if (Single.Contains(element.Name.LocalName))
            {
                Assert.Single(element.Elements());
                return;
            }
            string[] order = Orders[element.Name.LocalName];
            int[] positions = [.. element.Elements().Select(child => Array.IndexOf(order, child.Name.LocalName))];
            Assert.DoesNotContain(-1, positions);
            Assert.Equal(positions.Order(), positions);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Groups_hold_elements_and_values_hold_text(string name) =>
        Assert.All(WrittenXml.Of(Invoice(name)).Root.Descendants(), element =>
        {
            Assert.Equal(element.HasElements ? WrittenXml.Cac : WrittenXml.Cbc, element.Name.Namespace);
            Assert.False(string.IsNullOrWhiteSpace(element.Value));
        });

    private static EInvoice Invoice(string name) => name switch
    {
        "everything" => FullInvoice.Build(),
        "everything credited" => FullInvoice.Credit(),
        _ => ExampleInvoices.All[name](),
    };
}
