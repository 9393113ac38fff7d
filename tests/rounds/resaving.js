// Open a workbook and save it again with SheetJS or ExcelJS: node resaving.js sheetjs|exceljs IN OUT
const [, , library, source, target] = process.argv;
if (library === "sheetjs") {
  const XLSX = require("xlsx");
  XLSX.writeFile(XLSX.readFile(source), target);
} else {
  const ExcelJS = require("exceljs");
  const book = new ExcelJS.Workbook();
  book.xlsx.readFile(source).then(() => book.xlsx.writeFile(target));
}
