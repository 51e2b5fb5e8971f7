"""What programs read before they read the data: a Data Package with its Table Schemas, and DCAT. Pure: plain JSON data.

Sources: Data Package standard v2 (datapackage.org), read by v1 tools too; W3C DCAT 3 in the profile DCAT-AP 3;
schema.org/Dataset.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog_pages.open_data.dictionary import FORMAT, Dataset, Field, Reference, Words
from catalog_pages.open_data.licences import Licence

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/VIE"
_IANA = "https://www.iana.org/assignments/media-types/"
KEYWORDS = (
    Words("Nghị định 335/2025/NĐ-CP", "Decree 335/2025/NĐ-CP"),
    Words("danh mục sản phẩm, công việc", "catalog of products and works"),
    Words("đánh giá công chức", "evaluation of civil servants"),
    Words("dữ liệu mở", "open data"),
)
TITLE = Words(
    "Dữ liệu mở về danh mục sản phẩm, công việc và khung tiêu chí đánh giá",
    "Open data on catalogs of products and works and criteria of evaluation",
)
MEANING = Words(
    "Cơ quan, danh mục sản phẩm và công việc đã công bố theo Nghị định 335/2025/NĐ-CP, khung tiêu chí đánh giá và số "
    "liệu công khai của tỉnh. Không có thông tin cá nhân.",
    "Agencies, catalogs of products and works published under Decree 335/2025/NĐ-CP, criteria frameworks and public "
    "figures of the province. Nothing about persons.",
)


@dataclass(frozen=True)
class About:
    """What the descriptors tell besides the data sets.

    ``base`` is the address of the place of open data, of which those of the files are made; ``prefix`` is a day and a
    slash for a day that is over; ``changed`` is in the time of the province; ``since`` is the first day of which there
    is something.
    """

    publisher: str
    licence: Licence
    base: str
    prefix: str
    day: datetime.date
    is_final: bool
    changed: datetime.datetime
    since: datetime.date | None


def data_package(about: About, datasets: Sequence[Dataset]) -> dict[str, Any]:
    """Return ``datapackage.json``: a csv resource for each dataset, in both languages by keys with ``@en``."""
    licence = about.licence
    return {
        "$schema": _PROFILE,
        "name": "thuoc-do-du-lieu-mo",
        "id": f"{about.base}{about.prefix}",
        **_told("title", TITLE),
        **_told("description", MEANING),
        "languages": ["vi", "en"],
        "homepage": about.base,
        "version": f"{about.day:%Y}.{about.day.month}.{about.day.day}",
        "format": FORMAT,
        "final": about.is_final,
        "created": about.changed.isoformat(timespec="seconds"),
        "keywords": [keyword.vi for keyword in KEYWORDS],
        "licenses": [{"name": licence.code, "path": licence.address, **_told("title", licence.title)}],
        "sources": [{"title": f"{about.publisher} – Thước Đo", "path": about.base}],
        "contributors": [
            {"title": about.publisher, "path": about.base, "role": "publisher", "roles": ["publisher"]}
        ],
        "resources": [_resource(dataset, licence) for dataset in datasets],
    }  # fmt: skip


def _resource(dataset: Dataset, licence: Licence) -> dict[str, Any]:
    return {
        "name": dataset.code,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": f"{dataset.code}.csv",
        **_told("title", dataset.title),
        **_told("description", dataset.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "licenses": [{"name": licence.code, "path": licence.address}],
        "alsoAs": [{"format": kind, "path": f"{dataset.code}.{kind}"} for kind in ("json", "xlsx")],
        "schema": table_schema(dataset),
    }


def table_schema(dataset: Dataset) -> dict[str, Any]:
    """Return the Table Schema of a dataset."""
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in dataset.fields],
        "missingValues": [""],
        "primaryKey": list(dataset.key),
    }
    if dataset.references:
        schema["foreignKeys"] = [_foreign_key(reference) for reference in dataset.references]
    return schema


def _field(field: Field) -> dict[str, Any]:
    unit = _told("unit", field.unit) if field.unit else {}
    constraints = {"constraints": dict(field.constraints)} if field.constraints else {}
    told = _told("title", field.title) | _told("description", field.meaning)
    return {"name": field.name, "type": field.kind, **told, **unit, **constraints}


def _foreign_key(reference: Reference) -> dict[str, Any]:
    to = {"resource": reference.dataset, "fields": list(reference.to)}
    return {"fields": list(reference.fields), "reference": to}


def _told(name: str, words: Words) -> dict[str, str]:
    """Return a text in both languages, by the pattern "language support" of Data Package."""
    return {name: words.vi, f"{name}@en": words.en}


# By prefix: an aggregator needs nothing from elsewhere to read it.
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat:accessURL": {"@type": "@id"}, "dcat:downloadURL": {"@type": "@id"}, "dcat:landingPage": {"@type": "@id"},
    "dcat:mediaType": {"@type": "@id"}, "dcat:theme": {"@type": "@id"}, "dct:format": {"@type": "@id"},
    "dct:license": {"@type": "@id"}, "dct:language": {"@type": "@id"}, "dct:accrualPeriodicity": {"@type": "@id"},
    "foaf:homepage": {"@type": "@id"}, "dct:conformsTo": {"@type": "@id"},
}  # fmt: skip


def dcat(about: About, datasets: Sequence[Dataset], media_types: Mapping[str, str]) -> dict[str, Any]:
    """Return the catalog in DCAT as JSON-LD, with a context of its own."""
    publisher = {
        "@id": f"{about.base}#publisher", "@type": "foaf:Agent", "foaf:name": _literal(about.publisher, "vi"),
        "foaf:homepage": about.base,
    }  # fmt: skip
    return {
        "@context": _CONTEXT, "@id": f"{about.base}#catalog", "@type": "dcat:Catalog",
        "dct:title": _literals(TITLE), "dct:description": _literals(MEANING), "dct:publisher": publisher,
        "dct:license": about.licence.address, "dct:language": _LANGUAGE, "foaf:homepage": about.base,
        "dct:modified": _typed(about.changed.isoformat(timespec="seconds"), "dateTime"),
        "dct:spatial": _place(about),
        "dcat:dataset": [_dcat_dataset(about, dataset, media_types) for dataset in datasets],
    }  # fmt: skip


def _dcat_dataset(about: About, dataset: Dataset, media_types: Mapping[str, str]) -> dict[str, Any]:
    described = {
        "@id": f"{about.base}#{dataset.code}", "@type": "dcat:Dataset", "dct:identifier": dataset.code,
        "dct:title": _literals(dataset.title), "dct:description": _literals(dataset.meaning),
        "dct:publisher": {"@id": f"{about.base}#publisher"}, "dct:license": about.licence.address,
        "dct:language": _LANGUAGE, "dct:accrualPeriodicity": _DAILY, "dcat:theme": _THEME,
        "dcat:keyword": [literal for keyword in KEYWORDS for literal in _literals(keyword)],
        "dcat:landingPage": f"{about.base}#{dataset.code}", "dct:spatial": _place(about),
        "dct:modified": _typed(about.changed.isoformat(timespec="seconds"), "dateTime"),
        "dct:conformsTo": f"{about.base}datapackage.json",
        "dcat:distribution": [
            _distribution(about, dataset, kind, media_type) for kind, media_type in media_types.items()
        ],
    }  # fmt: skip
    if about.since:
        first, last = (_typed(day.isoformat(), "date") for day in (about.since, about.day))
        described["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}
    return described


def _distribution(about: About, dataset: Dataset, kind: str, media_type: str) -> dict[str, Any]:
    address = f"{about.base}{dataset.code}.{kind}"
    return {
        "@id": address, "@type": "dcat:Distribution", "dct:title": _literal(f"{dataset.title.vi} ({kind})", "vi"),
        "dcat:accessURL": address, "dcat:downloadURL": address, "dct:license": about.licence.address,
        "dct:format": f"{_FILE_TYPES}{kind.upper()}", "dcat:mediaType": f"{_IANA}{media_type}",
    }  # fmt: skip


def search_engine_data(about: About, datasets: Sequence[Dataset], media_types: Mapping[str, str]) -> dict[str, Any]:
    """Return the catalog as schema.org has it, for search engines that look for data."""
    return {
        "@context": "https://schema.org", "@type": "DataCatalog", "name": TITLE.vi, "alternateName": TITLE.en,
        "url": about.base, "description": MEANING.vi, "license": about.licence.address,
        "publisher": {"@type": "GovernmentOrganization", "name": about.publisher, "url": about.base},
        "dataset": [
            {
                "@type": "Dataset", "name": dataset.title.vi, "alternateName": dataset.title.en,
                "description": f"{dataset.meaning.vi} {dataset.meaning.en}", "url": f"{about.base}#{dataset.code}",
                "license": about.licence.address, "isAccessibleForFree": True, "inLanguage": "vi",
                "creator": {"@type": "GovernmentOrganization", "name": about.publisher},
                "distribution": [
                    {"@type": "DataDownload", "encodingFormat": media_type,
                     "contentUrl": f"{about.base}{about.prefix}{dataset.code}.{kind}"}
                    for kind, media_type in media_types.items()
                ],
            }
            for dataset in datasets
        ],
    }  # fmt: skip


def _literals(words: Words) -> list[dict[str, str]]:
    return [_literal(words.vi, "vi"), _literal(words.en, "en")]


def _literal(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _typed(text: str, kind: str) -> dict[str, str]:
    return {"@value": text, "@type": f"xsd:{kind}"}


def _place(about: About) -> dict[str, Any]:
    return {"@type": "dct:Location", "rdfs:label": _literal(f"{about.publisher}, Việt Nam", "vi")}
