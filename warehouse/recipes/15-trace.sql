-- How was a figure read, by what, and when was it loaded?
select o.file_name, d.file_sha256, o.page, o.table_no, o.row_no, o.col_no, o.raw_text,
       o.value, o.method, o.confidence, substr(o.rule, 1, 40) as rule
from v_observation o join v_document d using (document_id)
where d.is_current = 1 and o.unit_code = '19600' and o.indicator = 'poverty_rate'
order by o.figure_id
