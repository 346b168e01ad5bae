// Prints a spreadsheet as ExcelJS reads it: a JSON object of each sheet's lines, and of each cell its kind, its value
// and whether it is bold. EXCELJS is the folder with node_modules.
import { createRequire } from "node:module";

const ExcelJS = createRequire(`${process.env.EXCELJS}/`)("exceljs");
const KINDS = { [ExcelJS.ValueType.Number]: "number", [ExcelJS.ValueType.String]: "text", [ExcelJS.ValueType.Date]: "day" };
const NOTHING = [ExcelJS.ValueType.Null, ExcelJS.ValueType.Merge];

function read(cell) {
  if (NOTHING.includes(cell.type)) return null;
  const bold = Boolean(cell.font?.bold);
  if (cell.type === ExcelJS.ValueType.Hyperlink) return ["text", cell.text, bold];
  if (cell.type === ExcelJS.ValueType.Number && cell.numFmt?.includes("%")) return ["share", cell.value, bold];
  const value = cell.value instanceof Date ? cell.value.toISOString().replace("T00:00:00.000Z", "") : cell.value;
  // Whatever the tests do not expect, a formula say, has its number for a kind.
  return [KINDS[cell.type] ?? `kind ${cell.type}`, value, bold];
}

const book = new ExcelJS.Workbook();
await book.xlsx.readFile(process.argv[2]);
const sheets = book.worksheets.map((sheet) => [
  sheet.name,
  (sheet.getRows(1, sheet.rowCount) ?? []).map((row) =>
    Array.from({ length: sheet.columnCount }, (_, place) => read(row.getCell(place + 1)))),
]);
process.stdout.write(JSON.stringify(Object.fromEntries(sheets)));
