#include "domain/lead_header_names.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace ringdown {
namespace {

struct Names {
  LeadColumn column;
  std::string_view keys;  // as header_key() makes them
};

using enum LeadColumn;

constexpr Names known_names[] = {
    {phone,
     "phone phonenumber phoneno telephone telephonenumber tel telno mobile mobilephone mobilenumber "
     "mobilephonenumber mobileno cell cellphone cellnumber cellphonenumber contactnumber contactphone "
     "primaryphone mainphone workphone businessphone officephone companyphone homephone directphone "
     "directdial dayphone daytimephone otherphone phone1 phone2 phone3 phone1value phone2value phone3value "
     "mobile1 mobile2 personphone personphonework personphonemobile personphonehome leadphone clientphone "
     "customerphone telefon telefonnummer telefonnr rufnummer handy handynummer mobil mobiltelefon "
     "mobilnummer festnetz telefono numerodetelefono telefonomovil movil celular numerodecelular "
     "telephonenumero numerodetelephone telephoneportable portable numtel e164"},
    {extension, "extension ext phoneextension phoneext durchwahl"},
    {contact_name,
     "contactname name fullname contact leadname clientname customername personname displayname person lead "
     "client ansprechpartner kontakt kontaktname vollstandigername nombrecompleto nombreyapellidos contacto "
     "nomcomplet nometprenom"},
    {first_name, "firstname first givenname forename vorname nombre primernombre prenom"},
    {last_name, "lastname last surname familyname nachname familienname apellido apellidos nom nomdefamille"},
    {company_name,
     "companyname company companyaccount business businessname account accountname organization "
     "organizationname organisation organisationname organization1name organizationtitle employer firm firma "
     "firmenname unternehmen empresa nombredelaempresa compania societe entreprise nomdelentreprise"},
    {email,
     "email emailaddress mail mailaddress emailaddr email1 email1value primaryemail workemail personemail "
     "personemailwork leademail contactemail emailadresse correo correoelectronico courriel adressemail "
     "adresseemail"},
    {external_id,
     "externalid extid id recordid recordno accountnumber accountno accountid customerid customernumber "
     "clientid contactid leadid personid crmid crmrecordid externalref reference kundennummer kundennr "
     "iddecliente numeroclient idclient"},
    {pipeline, "pipeline pipelinename list listname liste lista"},
    {status, "status leadstatus contactstatus estado estadodellead statut"},
    {tier, "tier valuetier customertier accounttier leadtier stufe"},
    {tags, "tags tag labels label personlabels groupmembership etiquetas etiqueta etiquettes schlagworte"},
    {interests, "interests interest services serviceinterests interessen intereses interets"},
    {city,
     "city town mailingcity billingcity businesscity homecity addresscity address1city personcity stadt ort "
     "wohnort ciudad ville"},
    {state,
     "state province region stateprovince stateregion stateprovinceregion mailingstate "
     "mailingstateprovince billingstate billingstateprovince businessstate homestate address1region "
     "addressstate bundesland provincia comunidadautonoma departement"},
    {postal_code,
     "postalcode zip zipcode postcode postal zippostalcode mailingzip mailingzippostalcode mailingpostalcode "
     "billingzip billingzippostalcode businesspostalcode homepostalcode address1postalcode addresszip plz "
     "postleitzahl codigopostal cp codepostal"},
    {country,
     "country countrycode countryregion mailingcountry billingcountry businesscountryregion "
     "homecountryregion address1country addresscountry land pais pays"},
    {latitude, "latitude lat geolat breitengrad latitud"},
    {longitude, "longitude lng lon long geolng geolong langengrad longitud"},
    {timezone, "timezone tz timezoneid zeitzone zonahoraria fuseauhoraire"},
    {notes,
     "notes note comments comment description remarks remark memo notizen notiz bemerkung bemerkungen "
     "kommentar notas comentarios commentaires commentaire remarques"},
    {consent_text, "consenttext consentwording consentlanguage consentdisclosure"},
    {consent_at, "consentat consentdate consenttime consentedat consenttimestamp consentgivenat"},
    {consent_method, "consentmethod consentsource"},
    {consent_scope, "consentscope consentpurpose"},
    {consent_written, "consentwritten writtenconsent"},
    {consent_ai_named, "consentainamed consentai"},
    {consent_proof, "consentproof consentlink consenturl"},
};

struct Known {
  std::string_view key;
  LeadColumn column;
};

std::vector<Known> sorted_names() {
  std::vector<Known> names;
  for (const Names& entry : known_names) {
    for (const std::string_view key : split(entry.keys, ' ')) names.push_back({key, entry.column});
  }
  std::ranges::sort(names, {}, &Known::key);
  return names;
}

// The letters from U+00E0 to U+00FF, which UTF-8 writes as 0xc3 and a second byte, without their accents.
constexpr std::string_view plain_letters = "aaaaaaaceeeeiiiidnooooo ouuuuyty";

}  // namespace

std::string header_key(std::string_view header) {
  std::string key;
  const std::string lower = folded(header);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto byte = static_cast<unsigned char>(lower[i]);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
    if (plain) {
      key += lower[i];
    } else if (byte == 0xc3 && i + 1 < lower.size()) {
      const auto second = static_cast<unsigned char>(lower[++i]);
      if (second == 0x9f) key += "ss";
      if (second >= 0xa0 && plain_letters[second - 0xa0] != ' ') key += plain_letters[second - 0xa0];
    } else if (byte >= 0x80 && byte != 0xe2 && byte != 0xc2) {
      const std::size_t length = std::max<std::size_t>(1, code_point_length(lower.substr(i)));
      key += lower.substr(i, length);
      i += length - 1;
    } else if (byte >= 0x80) {
      i += std::max<std::size_t>(1, code_point_length(lower.substr(i))) - 1;
    }
  }
  return key;
}

std::optional<LeadColumn> known_header(std::string_view key) {
  static const std::vector<Known> names = sorted_names();
  const auto found = std::ranges::lower_bound(names, key, {}, &Known::key);
  if (found == names.end() || found->key != key) return std::nullopt;
  return found->column;
}

}  // namespace ringdown
