// Open workbooks and save them again with SheetJS or ExcelJS: node resaving.js sheetjs|exceljs TYPED IN OUT [IN OUT ...]
// TYPED is JSON, {cell: value}: ExcelJS types it into the first sheet of the first workbook before it saves.
const [, , library, typed, ...paths] = process.argv;
async function main() {
  for (let place = 0; place < paths.length; place += 2) {
    const [source, target] = paths.slice(place, place + 2);
    if (library === "sheetjs") {
      const XLSX = require("xlsx");
      XLSX.writeFile(XLSX.readFile(source), target);
    } else {
      const ExcelJS = require("exceljs");
      const book = new ExcelJS.Workbook();
      await book.xlsx.readFile(source);
      for (const [cell, value] of place === 0 ? Object.entries(JSON.parse(typed)) : []) {
        book.worksheets[0].getCell(cell).value = value;
      }
      await book.xlsx.writeFile(target);
    }
  }
}
main();
