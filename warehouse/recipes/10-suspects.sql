-- Which figures are doubted, and what is printed there?
select o.file_name, o.page, o.unit_raw, o.indicator, o.year, o.raw_text, o.value,
       o.quality
from v_observation o join v_document d using (document_id)
where d.is_current = 1 and o.quality <> 'ok'
order by o.file_name, o.table_no, o.row_no, o.col_no, o.figure_id
limit 8
